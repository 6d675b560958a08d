import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { JwtService } from '@nestjs/jwt';
import { SETTINGS, type Settings } from '@app/config';

export const TOKEN_SECONDS = 8 * 60 * 60;

const ISSUER = 'pasal';
const AUDIENCE = 'pasal-staff';
const ALGORITHM = 'HS256';

/** Names a secret without telling anything about it. */
const keyId = (secret: string): string => createHash('sha256').update(secret).digest('hex').slice(0, 8);

/** Signs with the secret in force; believes that one and, during a rotation, the one before. */
@Injectable()
export class AccessTokensService {
  private readonly secrets: ReadonlyMap<string, string>;

  constructor(
    private readonly jwt: JwtService,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'jwtSecret' | 'jwtSecretPrevious'>,
  ) {
    const { jwtSecret, jwtSecretPrevious } = settings;
    const accepted = jwtSecretPrevious === undefined ? [jwtSecret] : [jwtSecretPrevious, jwtSecret];
    this.secrets = new Map(accepted.map((secret) => [keyId(secret), secret]));
  }

  sign(userId: string): Promise<string> {
    const secret = this.settings.jwtSecret;
    return this.jwt.signAsync(
      {},
      {
        secret,
        algorithm: ALGORITHM,
        keyid: keyId(secret),
        subject: userId,
        issuer: ISSUER,
        audience: AUDIENCE,
        expiresIn: TOKEN_SECONDS,
      },
    );
  }

  /** The user's id, or undefined for a token that is forged, expired, or not ours. */
  async verify(token: string): Promise<string | undefined> {
    try {
      const { header } = this.jwt.decode<{ header: { kid?: string } }>(token, { complete: true });
      const secret = this.secrets.get(header.kid ?? '');
      if (secret === undefined) {
        return undefined;
      }
      const claims = await this.jwt.verifyAsync<{ sub?: string }>(token, {
        secret,
        algorithms: [ALGORITHM],
        issuer: ISSUER,
        audience: AUDIENCE,
      });
      return claims.sub;
    } catch {
      return undefined;
    }
  }
}
