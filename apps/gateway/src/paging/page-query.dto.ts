import { createDto } from '../http/create-dto';
import { z } from 'zod';
import { branchParameter, pageParameters } from './page-query';

export class BranchQueryDto extends createDto(z.strictObject(branchParameter)) {}

export class BranchPageQueryDto extends createDto(z.strictObject({ ...branchParameter, ...pageParameters() })) {}

/** Of things that are large each. */
export class SmallPageQueryDto extends createDto(z.strictObject({ ...branchParameter, ...pageParameters(20, 10) })) {}
