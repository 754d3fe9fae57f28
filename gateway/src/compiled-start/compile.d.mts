/** What to import instead of `entry`; `cache` is the folder of compilations, beside the installed packages when absent. */
export function compile(entry: URL, cache?: string): Promise<URL>;
