import { ApiProperty } from '@nestjs/swagger';
import { IsString, MaxLength, MinLength } from 'class-validator';

export class LoginRequest {
  @ApiProperty({ description: 'E-mail address; upper or lower case.', example: 'admin@pasal.local' })
  @IsString()
  @MinLength(1)
  @MaxLength(254)
  email!: string;

  @ApiProperty({ description: 'Password.', format: 'password', example: 'printed at the first start' })
  @IsString()
  @MinLength(1)
  @MaxLength(1024)
  password!: string;
}

export class LoginResponse {
  @ApiProperty({ description: 'Token for `Authorization: Bearer <token>`.' })
  accessToken!: string;

  @ApiProperty({ type: 'integer', description: 'Seconds until the token expires.', example: 28800 })
  expiresIn!: number;
}
