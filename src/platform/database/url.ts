export type Engine = 'sqlite' | 'postgresql';

/** Which engine a database URL is for. Throws a sentence, without the URL's password, for any other. */
export function engineOf(url: string): Engine {
  if (url.startsWith('file:') && url.length > 'file:'.length && !url.includes(':memory:')) return 'sqlite';
  if (!/^postgres(ql)?:\/\//.test(url) || !URL.canParse(url)) {
    throw new Error(
      'DATABASE_URL must be file:<path> or postgresql://<user>:<password>@<host>:<port>/<name>.',
    );
  }
  if ((new URL(url).searchParams.get('schema') ?? 'public') !== 'public') {
    throw new Error('DATABASE_URL must not name another schema than "public".');
  }
  return 'postgresql';
}

/** The path in a `file:` URL, as Prisma reads it: relative to the working directory, parameters cut off. */
export const pathOf = (url: string): string => url.replace(/^file:(\/\/(?=\/))?/, '').replace(/\?.*$/, '');
