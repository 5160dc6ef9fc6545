import type { Surface } from '../engine/surface.ts';
import { binboi } from './binboi/surface.ts';
import { bingo } from './bingo/surface.ts';
import { openbin } from './openbin/surface.ts';
import { restume } from './restume/surface.ts';

/** Every surface that is served. */
export const surfaces: readonly Surface[] = [binboi, openbin, restume, bingo];
