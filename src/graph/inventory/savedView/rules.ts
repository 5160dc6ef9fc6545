import type { TextRule } from '../../core/checkText.ts';

/** The contract wants no limit (OpenBin 20); there are ten views at most, and a request has its own. */
export const viewNameRule: TextRule = { required: true, maxLength: Number.POSITIVE_INFINITY };
