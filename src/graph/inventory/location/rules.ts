import type { TextRule } from '../../core/checkText.ts';

/** Names of locations and areas (OpenBin 8 and 9). */
export const nameRule: TextRule = { required: true, maxLength: 255 };
