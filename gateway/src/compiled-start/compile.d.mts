/**
 * What to import instead of `entry`. `cache` is the folder of compilations, beside the installed packages when absent;
 * `withPackages` compiles those in too.
 */
export function compile(
  entry: URL,
  options?: { readonly cache?: string; readonly withPackages?: boolean },
): Promise<URL>;
