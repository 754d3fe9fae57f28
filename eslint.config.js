import tseslint from 'typescript-eslint';

/** Type-aware rules only: formatting and fast rules are Biome's (biome.json). */
export default tseslint.config(
  {
    ignores: [
      '**/node_modules',
      '**/dist',
      '**/generated',
      '**/*.js',
      '**/*.cjs',
      '**/*.mjs',
      'clients/explorer/**',
      'clients/cli/templates/**',
      // An institution's own project, in its own style.
      'tests/partners/**',
    ],
  },
  ...tseslint.configs.strictTypeChecked,
  {
    languageOptions: {
      parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      // Ports are asynchronous by contract even where one adapter has nothing to await.
      '@typescript-eslint/require-await': 'off',
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
);
