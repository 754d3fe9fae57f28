export const runProfile = async (_o: unknown): Promise<string> => '';
