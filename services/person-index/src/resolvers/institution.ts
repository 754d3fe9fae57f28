/** How the graph names an institution. */
export const INSTITUTION = {
  'reception-centres': 'RECEPTION_CENTRES',
  'health-authority': 'HEALTH_AUTHORITY',
  'social-services': 'SOCIAL_SERVICES',
  'volunteer-registry': 'VOLUNTEER_REGISTRY',
} as const;
