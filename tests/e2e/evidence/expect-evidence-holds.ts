import { evidenceOf } from './evidence-of.ts';
import { runTavolo } from './run-tavolo.ts';

/** `tavolo audit verify` of both logs of a hub that has stopped; throws what it says when one does not hold. */
export async function expectEvidenceHolds(hubFolder: string): Promise<void> {
  for (const keeper of ['gateway', 'registry'] as const) {
    const { folder, keyFile } = await evidenceOf(hubFolder, keeper, hubFolder);
    const { code, out, err } = await runTavolo(['audit', 'verify', folder, '--key', keyFile]);
    if (code !== 0) throw new Error(`the evidence of the ${keeper} does not hold: ${out}${err}`);
    console.log(`evidence of the ${keeper} after all journeys: ${out.trim()}`);
  }
}
