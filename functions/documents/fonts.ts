import { createRequire } from 'node:module';

/**
 * The font files that documents are set in, as module paths. They are found by Node's own rule from here or from a bundle: a function's
 * bundle carries each file under `node_modules/` beside it, at the same path as in the repository.
 */
export const FONT_FILES = {
  sans: '@expo-google-fonts/ibm-plex-sans/400Regular/IBMPlexSans_400Regular.ttf',
  'sans-bold': '@expo-google-fonts/ibm-plex-sans/600SemiBold/IBMPlexSans_600SemiBold.ttf',
  'japanese-bold': '@expo-google-fonts/noto-sans-jp/700Bold/NotoSansJP_700Bold.ttf',
  japanese: '@expo-google-fonts/noto-sans-jp/400Regular/NotoSansJP_400Regular.ttf',
} as const;

export type FontName = keyof typeof FONT_FILES;

/** Where a font file lies on this machine. */
export function fontPath(name: FontName): string {
  return createRequire(import.meta.url).resolve(FONT_FILES[name]);
}
