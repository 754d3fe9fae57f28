export const runGrowth = async (_o: unknown): Promise<string> => '';
