import { readXml } from './read-xml.ts';

/** Number formats that every spreadsheet knows as dates or times (ECMA-376, part 1, 18.8.30). */
const builtInDateFormats = new Set([14, 15, 16, 17, 18, 19, 20, 21, 22, 45, 46, 47]);

/** For each cell style, whether a number under it is a date. */
export function readDateStyles(xml: string | undefined): readonly boolean[] {
  if (xml === undefined) return [];
  const dateFormats = new Set(builtInDateFormats);
  const styles: boolean[] = [];
  let inCellStyles = false;
  readXml(xml, {
    open(name, attributes) {
      if (name === 'numFmt') {
        const id = Number(attributes['numFmtId']);
        if (isDateFormat(attributes['formatCode'] ?? '')) dateFormats.add(id);
        else dateFormats.delete(id);
      } else if (name === 'cellXfs') inCellStyles = true;
      else if (name === 'xf' && inCellStyles) {
        styles.push(dateFormats.has(Number(attributes['numFmtId'])));
      }
    },
    close(name) {
      if (name === 'cellXfs') inCellStyles = false;
    },
  });
  return styles;
}

function isDateFormat(code: string): boolean {
  // Quoted text, escaped characters, colours and locales are not part of the format proper.
  const proper = code.replace(/"[^"]*"|\\.|\[(?!h|m|s)[^\]]*\]/giu, '');
  return /[dyhs]|m/iu.test(proper) && !/general/iu.test(proper);
}
