// Makes spellings alike that people take for the same: case, diacritics, Persian and Arabic letters, digits, hyphens, joiners.

/** Letters that decomposition leaves apart from those that people type for them. */
const LETTERS: Readonly<Record<string, string>> = {
  // Arabic letters as Persian keyboards have them, and letters that only differ in form.
  ك: "ک", ي: "ی", ى: "ی", ے: "ی", ة: "ه", ە: "ه", ھ: "ه", ہ: "ه", ٱ: "ا",
  ء: "", ـ: "", // a hamza by itself is often left out; the stroke that only lengthens a word says nothing
  // Latin letters without a decomposition.
  ø: "o", ł: "l", đ: "d", ð: "d", þ: "th", ß: "ss", æ: "ae", œ: "oe", ı: "i", ə: "e",
};

/** What is no letter or digit but stands within a word: hyphens and dashes, the joiners of Persian, apostrophes and their like. */
const JOINTS = "\\u200d\\u200c\\-\\u2010-\\u2014";
const SILENT = "'’‘`ʼʻʿʾ´·";
const CHARACTERS = "\\p{L}\\p{M}\\p{N}";
const COMPOUND = new RegExp(`[${CHARACTERS}]+(?:[${JOINTS}${SILENT}]+[${CHARACTERS}]+)*`, "gu");
const ONE_JOINT = new RegExp(`[${JOINTS}]+`, "u");
const ALL_SILENT = new RegExp(`[${SILENT}]`, "gu");
const PART = /\p{N}+|[^\p{N}]+/gu;

/** An ASCII digit for one of the Arabic (U+0660) or Persian (U+06F0) ones. */
function digit(character: string): string {
  return String((character.codePointAt(0) ?? 0) & 0xf);
}

/** A text as it is compared: in lower case, without marks, letters that people take for the same made one. */
export function normalise(text: string): string {
  const bare = text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "");
  return bare.replace(/[٠-٩۰-۹]/gu, digit).replace(/./gsu, (character) => LETTERS[character] ?? character);
}

/** A word of a text, with its hyphens and joiners, and where it stands. */
export interface Compound {
  readonly text: string;
  readonly start: number;
}

/** The words of a text. */
export function compounds(text: string): Compound[] {
  return [...text.matchAll(COMPOUND)].map((match) => ({ text: match[0], start: match.index }));
}

/** The parts of a word: what its hyphens part, and letters apart from digits, so that "Su-35" and "Su35" have the same. */
function parts(compound: string): string[] {
  const pieces = compound.replace(ALL_SILENT, "").split(ONE_JOINT).map(normalise);
  return pieces.flatMap((piece) => piece.match(PART) ?? []);
}

/** What a word is found by: its parts, and the whole of them written together. */
export function tokens(compound: string): string[] {
  const found = parts(compound);
  return found.length > 1 ? [...found, found.join("")] : found;
}

/** What a text is found by. */
export function indexed(text: string): string[] {
  return compounds(text).flatMap((compound) => tokens(compound.text));
}

/** What somebody looks for who typed a text: all of it has to be there. */
export function asked(text: string): string[] {
  return [...new Set(compounds(text).flatMap((compound) => parts(compound.text)))];
}
