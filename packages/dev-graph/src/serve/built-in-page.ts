import { createHash } from 'node:crypto';

const script = `
const text = (id) => document.getElementById(id);
const ask = async () => {
  const answer = text('answer');
  answer.textContent = '…';
  try {
    const variables = text('variables').value.trim();
    const response = await fetch('/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: text('question').value, variables: variables ? JSON.parse(variables) : {} }),
    });
    answer.textContent = JSON.stringify(await response.json(), null, 2);
  } catch (error) {
    answer.textContent = String(error);
  }
};
text('ask').addEventListener('click', ask);
document.addEventListener('keydown', (event) => {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) void ask();
});
`;

const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>tavolo subgraph dev</title>
<link rel="icon" href="data:,">
<style>
body { font: 15px/1.5 system-ui, sans-serif; margin: 0; padding: 1rem; display: grid; gap: 1rem; grid-template-columns: 1fr 1fr; min-height: calc(100vh - 2rem); }
textarea, pre { font: 13px/1.5 ui-monospace, monospace; width: 100%; box-sizing: border-box; margin: 0; padding: .5rem; border: 1px solid #999; }
#question { height: 55vh; } #variables { height: 15vh; } pre { overflow: auto; white-space: pre-wrap; }
@media (max-width: 50rem) { body { grid-template-columns: 1fr; } }
</style>
</head>
<body>
<main>
<h1>My subgraph, the others invented</h1>
<p>Any GraphQL client can ask <code>/graphql</code> here; the schema is there by introspection.</p>
<label>Question<textarea id="question" spellcheck="false">{ __schema { queryType { fields { name description } } } }</textarea></label>
<label>Variables (JSON)<textarea id="variables" spellcheck="false"></textarea></label>
<button id="ask" type="button">Ask (Ctrl+Enter)</button>
</main>
<pre id="answer" aria-live="polite"></pre>
<script>${script}</script>
</body>
</html>
`;

/** A page to ask questions with, for a program that travels without the explorer's seven megabytes. */
export const builtInPage = {
  html,
  /** The only script that the page may run. */
  scriptHash: `sha256-${createHash('sha256').update(script).digest('base64')}`,
} as const;
