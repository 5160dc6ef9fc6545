const names: Readonly<Record<string, string>> = {
  expiresAt: 'expire_time',
  expiresInSeconds: 'expire_in',
  active: 'is_active',
  transfers: 'passwords',
  passwordId: 'id',
  upload: 'upload_transfer',
  download: 'download_transfer',
};

/** The documented name of a field of the graph. */
export function externalName(field: string): string {
  return names[field] ?? field.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
