export {
  type District,
  type DistrictScope,
  districtName,
  districtScope,
  districts,
  narrowDistricts,
} from './district.ts';
export {
  type ConsumerClient,
  type ConsumerState,
  consumerClient,
  consumerState,
  fieldCoordinate,
  isFieldCoordinate,
  isRegistryId,
  type PartnerState,
  type PurposeClass,
  type PurposeState,
  partnerState,
  purposeClass,
  purposeState,
  type RegistryState,
  registryId,
  registryState,
  type Suspension,
  sharedOwner,
  suspension,
} from './registry-state.ts';
export { type Role, roleName, roleScopes, roles, rolesWithFreeDocuments } from './role.ts';
export { type Scope, scopeName, scopes } from './scope.ts';
export {
  type SensitiveCategory,
  sensitiveCategories,
  sensitiveCategory,
} from './sensitive-category.ts';
export {
  openRegistryMessage,
  type RegistryMessage,
  RegistryMessageError,
  registryMessage,
  signRegistryMessage,
} from './signed-state.ts';
