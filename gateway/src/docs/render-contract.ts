import { readFile } from 'node:fs/promises';
import MarkdownIt from 'markdown-it';
import { Html } from './html.ts';
import { page } from './page.ts';

const file = new URL('../../../schemas/README.md', import.meta.url);

/** The contract page: the README of the schemas, as it is. */
export async function renderContract(): Promise<string> {
  // `html: false`: whatever looks like a tag in the text is shown, and never one.
  const markdown = new MarkdownIt({ html: false, linkify: false });
  // Images would be loaded, and links to files beside the README lead nowhere from here: both are text.
  markdown.disable('image');
  markdown.validateLink = (url) => /^(?:https?:\/\/|#)/u.test(url);
  const text = await readFile(file, 'utf8');
  // The page has a title of its own.
  const body = markdown.render(text.replace(/^# .*\n/u, '').replace(/^<!-- .* -->\n/gmu, ''));
  return page('The contract between partners and hub', new Html(body));
}
