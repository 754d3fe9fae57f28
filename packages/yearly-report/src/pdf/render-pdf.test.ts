import { describe, expect, it } from 'vitest';
import { canonicalJson, sha256Hex } from '../canonical-json.ts';
import { readPdfText } from '../read-pdf-text.fixture.ts';
import { sampleSnapshot } from '../snapshot.fixture.ts';
import { renderPdf } from './render-pdf.ts';

describe('the report as PDF', () => {
  it('has the same bytes each time it is made of the same snapshot', async () => {
    const [once, again] = [await renderPdf(sampleSnapshot()), await renderPdf(sampleSnapshot())];
    expect(sha256Hex(again)).toBe(sha256Hex(once));
    const other = await renderPdf(sampleSnapshot({ version: 2 }));
    expect(sha256Hex(other)).not.toBe(sha256Hex(once));
  });

  it('says its title, its figures in Italian and its hash on each page', async () => {
    const report = sampleSnapshot();
    const text = readPdfText(await renderPdf(report));
    expect(text).toContain('Relazione annuale 2025');
    expect(text).toContain('20,3%');
    expect(text).toContain('Attività del tavolo');
    expect(text).toContain('Presenze e bisogni nel distretto di Fidenza');
    const hash = sha256Hex(canonicalJson(report));
    const footers = text.split('\n').filter((line) => line.includes(`SHA-256 ${hash}`));
    expect(footers.length).toBeGreaterThan(2);
    expect(footers.at(-1)).toContain(`pagina ${footers.length} di ${footers.length}`);
  });

  it('marks what is withheld, says why, and shows no number for it', async () => {
    const text = readPdfText(await renderPdf(sampleSnapshot()));
    expect(text).toContain('<5 (1)');
    expect(text).toContain('(1) Soppresso: troppe poche persone.');
    expect(text).toContain('Sud-Est: troppe poche persone');
  });

  it('can be read aloud: language, title, structure and a text for each chart', async () => {
    const source = (await renderPdf(sampleSnapshot())).toString('latin1');
    expect(source.startsWith('%PDF-1.7')).toBe(true);
    expect(source).toContain('/Lang (it-IT)');
    expect(source).toContain('/DisplayDocTitle true');
    for (const type of ['H1', 'H2', 'P', 'Table', 'TR', 'TH', 'TD', 'Figure']) {
      expect(source).toContain(`/S /${type}\n`);
    }
    const figures = source.match(/\/S \/Figure\n/gu)?.length ?? 0;
    expect(figures).toBe(3);
    expect(source.match(/\/Alt \(/gu)?.length).toBe(figures);
  });

  it('goes on over as many pages as a table needs, with its heading row again', async () => {
    const nodes = Array.from({ length: 120 }, (_, index) => ({
      organisation: `Ente ${index + 1}`,
      invited: 10,
      attended: 5,
      notRecorded: 0,
      rate: 0.5,
    }));
    const { activity } = sampleSnapshot();
    const report = sampleSnapshot({ activity: { ...activity, participation: nodes } });
    const lines = readPdfText(await renderPdf(report)).split('\n');
    expect(lines.filter((line) => line === 'Non rilevate').length).toBeGreaterThan(2);
    for (const { organisation } of nodes) expect(lines).toContain(organisation);
  });

  it('calls nodes by their names, and by their short name where a report was frozen without', async () => {
    const { activity } = sampleSnapshot();
    const node = { organisation: 'ausl', invited: 1, attended: 1, notRecorded: 0, rate: 1 };
    const linesOf = async (participation: (typeof activity)['participation']) =>
      readPdfText(
        await renderPdf(sampleSnapshot({ activity: { ...activity, participation } })),
      ).split('\n');
    expect(await linesOf([{ ...node, name: 'Azienda USL' }])).toContain('Azienda USL');
    expect(await linesOf([node])).toContain('ausl');
  });

  it('can be made of an empty year', async () => {
    const { activity } = sampleSnapshot();
    const text = readPdfText(
      await renderPdf(
        sampleSnapshot({
          indicators: [],
          values: [],
          history: [],
          objectives: [],
          territorialReports: [],
          activity: {
            ...activity,
            participation: [],
            participationRate: null,
            criteriaAdopted: [],
          },
        }),
      ),
    );
    expect(text).toContain('il tavolo non ha registrato obiettivi');
  });
});
