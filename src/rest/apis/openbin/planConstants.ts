/** Contract 25.8, `GET /plan`. */
export const plan = {
  plan: 'pro',
  status: 'active',
  activeUntil: null,
  selfHosted: true,
  locked: false,
  features: {
    ai: true,
    apiKeys: true,
    customFields: true,
    fullExport: true,
    reorganize: true,
    binSharing: true,
    attachments: true,
    maxBins: null,
    maxLocations: null,
    maxPhotoStorageMb: null,
    maxMembersPerLocation: null,
    activityRetentionDays: null,
    aiCreditsPerMonth: null,
    reorganizeMaxBins: null,
  },
  upgradeUrl: null,
  upgradePlusUrl: null,
  upgradeProUrl: null,
  subscribePlanUrl: null,
  portalUrl: null,
  upgradeAction: null,
  upgradePlusAction: null,
  upgradeProAction: null,
  subscribePlanAction: null,
  portalAction: null,
  aiCredits: null,
  cancelAtPeriodEnd: null,
  billingPeriod: null,
  trialPeriodDays: 7,
} as const;

/** `GET /plan/usage`: zeros, also where there is something. */
export const usage = {
  binCount: 0,
  locationCount: 0,
  photoCount: 0,
  photoStorageMb: 0,
  memberCounts: {},
  viewerCounts: {},
  overLimits: { locations: false, photos: false, members: [] },
} as const;

/** `GET /plan/usage-summary`. */
export const usageSummary = {
  binCount: 0,
  photoCount: 0,
  photoStorageMb: 0,
  customFieldCount: 0,
  aiCreditsUsed: 0,
  aiCreditsLimit: 0,
  aiCreditsResetsAt: null,
} as const;
