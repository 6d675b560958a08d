import { STATUS_CODES } from 'node:http';
import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { ProblemDto } from './problem.dto';

/** Documents the errors of a route: each status with the codes it may carry. */
export function ProblemResponses(codes: Readonly<Record<number, readonly string[]>>): MethodDecorator {
  const responses = Object.entries(codes).map(([status, names]) =>
    ApiResponse({
      status: Number(status),
      description: `${STATUS_CODES[status] ?? 'Error'}: ${names.map((name) => `\`${name}\``).join(', ')}`,
      content: { 'application/problem+json': { schema: { $ref: getSchemaPath(ProblemDto) } } },
    }),
  );
  return applyDecorators(ApiExtraModels(ProblemDto), ...responses);
}
