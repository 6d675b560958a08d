import { Body, Controller, HttpCode, HttpStatus, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiTags } from '@nestjs/swagger';
import { AccessService, Public } from '@app/access';
import { orThrow } from '../http/problem.exception';
import { ProblemResponses } from '../http/problem-responses.decorator';
import { LoginRequest, LoginResponse } from './auth.dto';

@ApiTags('Access')
@Controller('api/v1/auth')
export class AuthController {
  constructor(private readonly access: AccessService) {}

  @Public()
  @Post('login')
  @HttpCode(HttpStatus.OK)
  @ApiOperation({ summary: 'Log in', description: 'Gives a token that opens the other routes.' })
  @ApiOkResponse({ type: LoginResponse })
  @ProblemResponses({ 400: ['VALIDATION_FAILED'], 401: ['LOGIN_FAILED'] })
  async login(@Body() { email, password }: LoginRequest): Promise<LoginResponse> {
    return orThrow(await this.access.login(email, password));
  }
}
