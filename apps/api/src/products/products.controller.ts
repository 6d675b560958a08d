import { Body, Controller, Get, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiBearerAuth,
  ApiCreatedResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiTags,
} from '@nestjs/swagger';
import { ProductsService } from '@app/catalog';
import { Database } from '@app/database';
import { PictureCheck } from '@app/media';
import { STAFF } from '../http/openapi';
import { decodeCursor, encodeCursor, PageQuery } from '../http/page.dto';
import { orThrow } from '../http/problem.exception';
import { ProblemResponses } from '../http/problem-responses.decorator';
import { CreateProductRequest, UpdateProductRequest } from './product.request';
import { ProductListResponse, ProductResponse } from './product.response';

const ID = { name: 'id', description: 'Id of the product.', example: '1' };

@ApiTags('Products')
@ApiBearerAuth(STAFF)
@Controller('api/v1/products')
export class ProductsController {
  constructor(
    private readonly database: Database,
    private readonly products: ProductsService,
    private readonly pictures: PictureCheck,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'List products',
    description: 'In the order of their numbers, inactive ones too.',
  })
  @ApiOkResponse({ type: ProductListResponse })
  @ProblemResponses({ 400: ['VALIDATION_FAILED', 'CURSOR_INVALID'], 401: ['UNAUTHENTICATED'] })
  async list(@Query() { limit, cursor }: PageQuery): Promise<ProductListResponse> {
    const page = await this.products.list(this.database.reports, { limit, after: decodeCursor(cursor) });
    return { items: [...page.items], nextCursor: encodeCursor(page.nextCursor) };
  }

  @Get(':id')
  @ApiOperation({ summary: 'Read a product' })
  @ApiParam(ID)
  @ApiOkResponse({ type: ProductResponse })
  @ProblemResponses({ 401: ['UNAUTHENTICATED'], 404: ['PRODUCT_NOT_FOUND'] })
  async read(@Param('id') id: string): Promise<ProductResponse> {
    return orThrow(await this.products.read(this.database.pool, id));
  }

  @Post()
  @ApiOperation({ summary: 'Add a product', description: 'Shoppers see it with their next message.' })
  @ApiCreatedResponse({ type: ProductResponse })
  @ProblemResponses({
    400: ['VALIDATION_FAILED', 'PRODUCT_STOCK_NOT_WHOLE', 'PICTURE_REFUSED'],
    401: ['UNAUTHENTICATED'],
    403: ['FORBIDDEN'],
    409: ['PRODUCT_SKU_TAKEN', 'PRODUCT_NUMBER_TAKEN', 'PRODUCT_CURRENCY_MIXED'],
  })
  async create(@Body() body: CreateProductRequest): Promise<ProductResponse> {
    const checked = await this.withPicture(body);
    return orThrow(await this.database.transaction((tx) => this.products.create(tx, checked)));
  }

  @Patch(':id')
  @ApiOperation({ summary: 'Change a product', description: 'What is left out stays as it is.' })
  @ApiParam(ID)
  @ApiOkResponse({ type: ProductResponse })
  @ProblemResponses({
    400: ['VALIDATION_FAILED', 'PRODUCT_STOCK_NOT_WHOLE', 'PICTURE_REFUSED'],
    401: ['UNAUTHENTICATED'],
    403: ['FORBIDDEN'],
    404: ['PRODUCT_NOT_FOUND'],
    409: ['PRODUCT_SKU_TAKEN', 'PRODUCT_NUMBER_TAKEN'],
  })
  async change(@Param('id') id: string, @Body() body: UpdateProductRequest): Promise<ProductResponse> {
    const checked = await this.withPicture(body);
    return orThrow(await this.database.transaction((tx) => this.products.change(tx, id, checked)));
  }

  /** Before the transaction: a stranger's server answers when it likes. */
  private async withPicture<T extends { imageUrl?: string | null }>(body: T): Promise<T> {
    const { imageUrl } = body;
    return typeof imageUrl === 'string'
      ? { ...body, imageUrl: orThrow(await this.pictures.published(imageUrl, 'imageUrl')) }
      : body;
  }
}
