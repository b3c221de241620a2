// What ESLint holds the app's JavaScript to: its recommended rules, and no lines that a screen
// cuts.
import js from "@eslint/js";
import globals from "globals";

const WIDEST = 120;
const WIDEST_COMMENT = 100;

export default [
  { ignores: ["assets/vendor/", "**/node_modules/", ".venv*/"] },
  js.configs.recommended,
  {
    rules: {
      "max-len": [
        "error",
        { code: WIDEST, comments: WIDEST_COMMENT, ignoreStrings: true, ignoreTemplateLiterals: true },
      ],
      "no-self-compare": "off", // x !== x asks for NaN, at full speed
      "max-lines": ["error", { max: 250, skipBlankLines: true, skipComments: true }],
      "no-shadow": "error",
      "no-var": "error",
      "one-var": ["error", "never"],
      "prefer-const": "error",
    },
  },
  { files: ["assets/**/*.js"], languageOptions: { globals: globals.browser } },
  { files: ["assets/panel/offline.js"], languageOptions: { globals: { Plotly: "readonly" } } },
  { files: ["tests/node/*.mjs"], languageOptions: { globals: globals.node } },
];
