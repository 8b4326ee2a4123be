// The Nu HTML checker over files, in one Java for all of them.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { createRequire } from "node:module";

const JAVA = process.env["JAVA"] ?? "java";
const JAR = createRequire(import.meta.url).resolve("vnu-jar/build/dist/vnu.jar");
// Files have no origin, so that "self" means nothing to it, and it takes blocks of JSON-LD for scripts. The browser itself holds
// the pages against their policy.
const NOT_OF_FILES = ".* violates Content Security Policy .*";

/**
 * @typedef {object} Finding
 * @property {"error" | "info" | "non-document-error"} type an error, or a warning
 * @property {string} url the file
 * @property {string} message
 * @property {string} [extract] the place in the file
 */

/**
 * Check every HTML file in a folder.
 * @param {string} folder
 * @returns {Promise<Finding[]>} errors and warnings
 */
export async function check(folder) {
  const options = ["--skip-non-html", "--stdout", "--exit-zero-always", "--format", "json", "--filterpattern", NOT_OF_FILES];
  const output = await new Promise((resolve, reject) => {
    execFile(JAVA, ["-Xss2m", "-jar", JAR, ...options, folder], { maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      if (error || stderr) reject(error ?? new Error(stderr));
      else resolve(stdout);
    });
  });
  const { messages } = JSON.parse(output);
  assert(Array.isArray(messages));
  return messages;
}

/** A finding as one line. @param {Finding} finding */
export function line(finding) {
  return `${finding.url}: ${finding.type}: ${finding.message} ${(finding.extract ?? "").replace(/\s+/g, " ")}`;
}
