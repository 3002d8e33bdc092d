import tseslint from "typescript-eslint";

export default tseslint.config(
  { ignores: ["extension/dist/", "**/node_modules/"] },
  {
    files: ["extension/src/**/*.ts", "tests/extension/**/*.ts"],
    extends: [tseslint.configs.strictTypeChecked, tseslint.configs.stylisticTypeChecked],
    languageOptions: {
      parserOptions: {
        project: ["tsconfig.json", "../tests/extension/tsconfig.json"],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      // What comes from a server or a page is text: no file may turn text into markup or code.
      "no-restricted-properties": [
        "error",
        ...["innerHTML", "outerHTML", "insertAdjacentHTML", "write"].map((property) => ({ property })),
      ],
      "no-eval": "error",
      "no-console": "error",
      eqeqeq: "error",
    },
  },
  {
    // node:test's describe and test return promises that the runner itself awaits.
    files: ["tests/extension/**/*.ts"],
    rules: { "@typescript-eslint/no-floating-promises": "off" },
  },
);
