import { type DoctorStep, good, wrong } from './doctor-step.ts';

const oldest = [20, 19] as const;

/** Whether this command line runs on a Node that it was tried on. */
export function nodeStep(version: string): DoctorStep {
  return {
    code: 'NODE_VERSION',
    title: 'Node is new enough',
    needs: [],
    async look() {
      const [major = 0, minor = 0] = version.split('.').map(Number);
      const isNew = major > oldest[0] || (major === oldest[0] && minor >= oldest[1]);
      if (isNew) return good(version);
      return wrong(
        version,
        `Install Node ${oldest.join('.')} or later (nodejs.org, or your system’s packages).`,
      );
    },
  };
}
