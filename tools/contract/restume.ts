/** What RESTume's contract documents. */
export const restumeRoutes: readonly string[] = [
  'POST /v1/auth/register',
  'POST /v1/auth/login',
  'POST /v1/auth/verify-email',
  'POST /v1/auth/resend-verification',
  'POST /v1/auth/google',
  'POST /v1/auth/forgot-password',
  'POST /v1/auth/reset-password',
  'POST /v1/auth/api-keys',
  'GET /v1/auth/api-keys',
  'DELETE /v1/auth/api-keys/{key_id}',
  'GET /v1/me/account',
  'POST /v1/me/google/unlink',
];
