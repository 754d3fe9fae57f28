/** WinAnsi, the encoding of the standard fonts, beyond Latin-1. */
const winAnsi = new TextDecoder('windows-1252');

/**
 * The text of a PDF without compression, in the order it was drawn: what stands in `[<hex> kern <hex>] TJ`.
 * Enough to read back what this package writes, and nothing else.
 */
export function readPdfText(pdf: Uint8Array): string {
  const source = Buffer.from(pdf).toString('latin1');
  const shown = [...source.matchAll(/\[((?:<[0-9a-f]*>|[\s\d.-])*)\]\s*TJ/gu)];
  return shown
    .map(([, parts = '']) =>
      [...parts.matchAll(/<([0-9a-f]*)>/gu)]
        .map(([, hex = '']) => winAnsi.decode(Buffer.from(hex, 'hex')))
        .join(''),
    )
    .join('\n');
}
