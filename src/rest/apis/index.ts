import type { Api } from '../engine/api.ts';
import { binboi } from './binboi/api.ts';
import { bingo } from './bingo/api.ts';
import { openbin } from './openbin/api.ts';
import { restume } from './restume/api.ts';

/** Every API that is served. */
export const apis: readonly Api[] = [binboi, openbin, restume, bingo];
