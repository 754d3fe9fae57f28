import { SaxesParser } from 'saxes';
import { FeedFileError } from '../feed-file-error.ts';

/** What a part's reader wants to hear; names come without their namespace prefix. */
export interface XmlListener {
  open?(name: string, attributes: Readonly<Record<string, string>>): void;
  text?(text: string): void;
  close?(name: string): void;
}

/** Reads one XML part; entities of a document type are never expanded. Throws `FeedFileError` when it is not XML. */
export function readXml(xml: string, listener: XmlListener): void {
  const parser = new SaxesParser({ xmlns: false, position: false } as const);
  parser.on('error', () => {
    throw new FeedFileError('MALFORMED', 'a part of the workbook is not valid XML');
  });
  parser.on('doctype', () => {
    throw new FeedFileError('MALFORMED', 'a part of the workbook declares a document type');
  });
  parser.on('opentag', ({ name, attributes }) => listener.open?.(localName(name), attributes));
  parser.on('text', (text) => listener.text?.(text));
  parser.on('cdata', (text) => listener.text?.(text));
  parser.on('closetag', ({ name }) => listener.close?.(localName(name)));
  parser.write(xml).close();
}

function localName(name: string): string {
  const colon = name.indexOf(':');
  return colon === -1 ? name : name.slice(colon + 1);
}
