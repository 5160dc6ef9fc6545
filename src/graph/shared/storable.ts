/** A text as the database keeps it: it has no character for half of a surrogate pair. */
export const storable = (text: string): string => text.replace(/\p{Surrogate}/gu, '\ufffd');
