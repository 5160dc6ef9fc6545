import type { ApiKeyFormat } from '../../../generated/sqlite/client.ts';
import { randomBase62, randomHex, sha256Hex } from '../../../platform/secrets/tokens.ts';
import { tidyName } from '../../core/text/names.ts';

/** A new key: the text is shown once, prefix and hash are kept. */
export interface NewKeyText {
  readonly text: string;
  readonly prefix: string;
  /** SHA-256 of the text, hexadecimal. */
  readonly hash: string;
}

interface Format {
  readonly make: () => string;
  /** How many characters of the text may be shown. */
  readonly prefixLength: number;
}

/** The documented forms: Binboi 1.1, OpenBin 18, RESTume "api-keys", Bingo "Common rules"; at least 128 random bits each. */
const formats: Record<ApiKeyFormat, Format> = {
  BINBOI: { make: () => `binboi_pat_${randomHex(4)}_${randomHex(18)}`, prefixLength: 19 },
  OPENBIN: { make: () => `sk_openbin_${randomHex(32)}`, prefixLength: 18 },
  RESTUME: { make: () => `rst_${randomBase62(30)}`, prefixLength: 8 },
  BINGO: { make: () => `bng_${randomBase62(40)}`, prefixLength: 8 },
};

const brands = ['binboi_pat_', 'sk_openbin_', 'rst_', 'bng_'];

/** True when a credential's text is meant as an API key of any format; the rest are access tokens. */
export function isApiKeyText(text: string): boolean {
  return brands.some((brand) => text.startsWith(brand));
}

/** Makes the text of a new key. */
export function makeKeyText(format: ApiKeyFormat): NewKeyText {
  const { make, prefixLength } = formats[format];
  const text = make();
  return { text, prefix: text.slice(0, prefixLength), hash: sha256Hex(text) };
}

/** What a key may be called, by form: how many characters are kept, and what it is called without a name. */
const nameRules: Record<ApiKeyFormat, { readonly maxLength: number; readonly otherwise: string }> = {
  BINBOI: { maxLength: 64, otherwise: 'CLI token' },
  OPENBIN: { maxLength: 255, otherwise: '' },
  RESTUME: { maxLength: 64, otherwise: 'CLI token' },
  BINGO: { maxLength: 64, otherwise: 'CLI token' },
};

/** The name as it is kept. */
export function keyNameOf(name: string | null | undefined, format: ApiKeyFormat): string {
  const { maxLength, otherwise } = nameRules[format];
  return tidyName([...tidyName(name ?? '')].slice(0, maxLength).join('')) || otherwise;
}
