import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsString, Length, MaxLength } from 'class-validator';
import { Optional } from '../http/optional.decorator';

export class SendRequest {
  @ApiProperty({
    description: 'A phone number with country code, with or without `whatsapp:`, or a business-scoped id.',
    example: '+9779800000001',
  })
  @IsString()
  @MaxLength(150)
  to!: string;

  @ApiPropertyOptional({
    description:
      'The sender of the shop that it comes from. Otherwise the one that the shopper wrote to last, else the first of ' +
      'GET /api/v1/senders.',
    example: 'whatsapp:+14155238886',
  })
  @Optional()
  @IsString()
  @MaxLength(150)
  from?: string;

  @ApiProperty({ description: 'Text, 1 to 1,600 characters.', example: 'Your momos are almost ready.' })
  @IsString()
  @Length(1, 1_600)
  message!: string;

  @ApiPropertyOptional({
    description: 'true: ahead of notifications and broadcasts, as an answer to a shopper who waits.',
    default: false,
  })
  @Optional()
  @IsBoolean()
  immediate?: boolean;

  @ApiPropertyOptional({
    description:
      'A picture that goes with the text as its caption: a public https address of a JPEG, PNG or WebP of at most 5 MiB, ' +
      'or a link of POST /media/{id}/link. It is fetched first to find out.',
    maxLength: 2000,
    example: 'https://shop.example/pictures/momo.jpg',
  })
  @Optional()
  @IsString()
  @MaxLength(2_000)
  mediaUrl?: string;
}

export class SendResponse {
  @ApiProperty({
    description: 'Id of the message: `GET /api/v1/whatsapp/messages/{id}` shows what becomes of it.',
  })
  id!: string;
}
