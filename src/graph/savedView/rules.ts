import type { TextRule } from '../shared/checkText.ts';

/** The contract names no limit (OpenBin 20); this one only stops a flood. */
export const viewNameRule: TextRule = { required: true, maxLength: 1000 };
