// Lints what runs in the browser, its tests and the build, with types.
import js from "@eslint/js";
import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["node_modules/"] },
  js.configs.recommended,
  {
    files: ["src/**/*.ts", "tests/**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: { project: ["./tsconfig.json", "./tests/tsconfig.json"], tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      eqeqeq: "error",
      "max-lines": ["error", 400],
      "max-lines-per-function": ["error", 60],
      // Text from the data never becomes markup, and no style attribute passes the site's policy.
      "no-restricted-properties": [
        "error",
        { property: "innerHTML", message: "Make elements, and set textContent." },
        { property: "outerHTML", message: "Make elements, and set textContent." },
        { property: "insertAdjacentHTML", message: "Make elements, and set textContent." },
        { property: "cssText", message: "Use a class, or setProperty." },
      ],
      "no-eval": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
    },
  },
  {
    files: ["tests/**/*.ts"],
    // node:test returns promises that it awaits itself.
    rules: { "@typescript-eslint/no-floating-promises": "off" },
  },
  { files: ["*.mjs"], languageOptions: { globals: { console: "readonly", process: "readonly", URL: "readonly" } } },
);
