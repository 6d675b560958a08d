import { ValidateIf } from 'class-validator';

/** May be left out. Unlike `@IsOptional()` it refuses null, which no column of ours takes for "unchanged". */
export const Optional = (): PropertyDecorator => ValidateIf((_object, value) => value !== undefined);
