export { enrolmentsFact, supergraphWithEmploymentCentre } from './employment-centre.ts';
