import { z } from 'zod';
import { flag, oneOf, text, url, wholeNumber } from './fields.ts';

const AI_PROVIDERS = ['openai', 'anthropic', 'gemini', 'openai-compatible'] as const;

/** OpenBin's own variables (section 27 of its contract), under the names that it documents. */
export const openbinFields = {
  SELF_HOSTED: flag().default(true).describe('`true`: no subscription is needed.'),
  CORS_ORIGIN: url('http', 'https')
    .default('http://localhost:5173')
    .describe("Origin of the web app that may call OpenBin's API with cookies."),
  FRAME_ANCESTORS: text('must be one line without semicolons', (v) => !/[;\r\n]/.test(v))
    .optional()
    .describe('Sites that may show the web app in a frame.'),
  DELETION_GRACE_PERIOD_DAYS: wholeNumber(0, 90)
    .default(30)
    .describe('Days within which a deleted account can be recovered.'),
  MAX_PHOTO_SIZE_MB: wholeNumber(1, 100).default(5).describe('Largest photo, in MB.'),
  MAX_PHOTOS_PER_BIN: wholeNumber(1, 1000).default(1).describe('Photos of one bin.'),
  ATTACHMENTS_ENABLED: flag().default(true).describe('Whether bins take files beside photos.'),
  BULK_MAX_SELECTION: wholeNumber(1, 10_000).default(200).describe('Bins in one bulk operation.'),
  QR_PAYLOAD_MODE: oneOf(['app', 'url'])
    .default('app')
    .describe('What a printed code holds: `app` or `url`.'),
  AI_ENCRYPTION_KEY: z.string().optional().describe('Encrypts the provider keys that users store.'),
  AI_MOCK: flag().default(false).describe('`true` answers without a provider.'),
  AI_RATE_LIMIT_PER_MINUTE: wholeNumber(1, 1_000_000)
    .default(15)
    .describe('AI requests of one user in a minute.'),
  AI_RATE_LIMIT_PER_HOUR: wholeNumber(1, 1_000_000)
    .default(100)
    .describe('AI requests of one user in an hour.'),
  AI_RATE_LIMIT_PER_DAY: wholeNumber(1, 1_000_000).default(200).describe('AI requests of one user in a day.'),
  AI_MAX_CONCURRENT_PER_USER: wholeNumber(1, 1000)
    .default(4)
    .describe('AI requests of one user at the same time.'),
  AI_MAX_PHOTOS_PER_REQUEST: wholeNumber(1, 100).default(5).describe('Photos in one AI request.'),
  ...aiAccess('AI', 'AI tasks'),
  ...aiAccess('AI_VISION', 'tasks with photos'),
  ...aiAccess('AI_QUICK_TEXT', 'short tasks'),
  ...aiAccess('AI_DEEP_TEXT', 'long tasks'),
};

/** How to reach one AI provider; every part may be missing. */
export interface AiAccess {
  readonly provider?: (typeof AI_PROVIDERS)[number];
  readonly apiKey?: string;
  readonly model?: string;
  readonly endpointUrl?: string;
}

type Parsed = z.infer<z.ZodObject<typeof openbinFields>>;

/** Groups the parsed variables as `config.openbin` and `config.ai`. */
export function groupOpenbin(env: Parsed) {
  return {
    openbin: {
      isSelfHosted: env.SELF_HOSTED,
      corsOrigin: env.CORS_ORIGIN,
      frameAncestors: env.FRAME_ANCESTORS,
      deletionGraceDays: env.DELETION_GRACE_PERIOD_DAYS,
      maxPhotoBytes: env.MAX_PHOTO_SIZE_MB * 1024 * 1024,
      maxPhotosPerBin: env.MAX_PHOTOS_PER_BIN,
      attachmentsEnabled: env.ATTACHMENTS_ENABLED,
      maxBulkSelection: env.BULK_MAX_SELECTION,
      qrPayloadMode: env.QR_PAYLOAD_MODE,
    },
    ai: {
      default: pickAccess(env, 'AI'),
      vision: pickAccess(env, 'AI_VISION'),
      quickText: pickAccess(env, 'AI_QUICK_TEXT'),
      deepText: pickAccess(env, 'AI_DEEP_TEXT'),
      encryptionKey: env.AI_ENCRYPTION_KEY,
      isMock: env.AI_MOCK,
      maxPerMinute: env.AI_RATE_LIMIT_PER_MINUTE,
      maxPerHour: env.AI_RATE_LIMIT_PER_HOUR,
      maxPerDay: env.AI_RATE_LIMIT_PER_DAY,
      maxConcurrentPerUser: env.AI_MAX_CONCURRENT_PER_USER,
      maxPhotosPerRequest: env.AI_MAX_PHOTOS_PER_REQUEST,
    },
  } as const;
}

type AiPrefix = 'AI' | 'AI_VISION' | 'AI_QUICK_TEXT' | 'AI_DEEP_TEXT';

function aiAccess<P extends AiPrefix>(prefix: P, tasks: string) {
  const fields = {
    [`${prefix}_PROVIDER`]: oneOf(AI_PROVIDERS).optional().describe(`AI provider for ${tasks}.`),
    [`${prefix}_API_KEY`]: z.string().optional().describe(`Key of the provider for ${tasks}.`),
    [`${prefix}_MODEL`]: z.string().optional().describe(`Model for ${tasks}.`),
    [`${prefix}_ENDPOINT_URL`]: url('http', 'https')
      .optional()
      .describe(`Address of an \`openai-compatible\` provider for ${tasks}.`),
  };
  return fields as unknown as AiFields<P>;
}

type AiFields<P extends AiPrefix> = {
  [K in `${P}_PROVIDER`]: z.ZodOptional<z.ZodType<AiAccess['provider'] & string>>;
} & { [K in `${P}_API_KEY` | `${P}_MODEL` | `${P}_ENDPOINT_URL`]: z.ZodOptional<z.ZodString> };

function pickAccess<P extends AiPrefix>(env: Parsed, prefix: P): AiAccess {
  return {
    provider: env[`${prefix}_PROVIDER`],
    apiKey: env[`${prefix}_API_KEY`],
    model: env[`${prefix}_MODEL`],
    endpointUrl: env[`${prefix}_ENDPOINT_URL`],
  };
}
