import './accountApiKeys.ts';
import './createApiKey.ts';
import './revokeApiKey.ts';
