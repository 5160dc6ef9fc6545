/** What Binboi's contract documents (sections 2 to 6; resend-verification and requests are optional there). */
export const binboiRoutes: readonly string[] = [
  'POST /api/auth/register',
  'POST /api/auth/login',
  'POST /api/auth/verify-email',
  'POST /api/auth/resend-verification',
  'POST /api/auth/forgot-password',
  'POST /api/auth/reset-password',
  'GET /api/v1/tokens',
  'POST /api/v1/tokens',
  'DELETE /api/v1/tokens/{id}',
  'GET /api/v1/tunnels',
  'POST /api/v1/tunnels',
  'DELETE /api/v1/tunnels/{id}',
  'GET /api/v1/auth/me',
  'PUT /api/v1/auth/me',
  'DELETE /api/v1/auth/me',
  'GET /api/v1/requests',
];
