import { Validations } from 'aws-cdk-lib';
import { type HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpJwtAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Construct } from 'constructs';
import { CarrierFunction } from '../constructs/carrier-function.ts';
import { addPageApi } from '../constructs/page-api.ts';
import { CarrierStack, type CarrierStackProps } from '../constructs/place.ts';
import { linkKeys, objects, sendsTo, table } from '../constructs/uses.ts';

/** What a token of the carrier's portal must be good for. */
const DOCUMENTS_SCOPE = 'documents.read';

/** The pages behind the links in emails. */
export class PublicPagesStack extends CarrierStack {
  constructor(scope: Construct, id: string, props: CarrierStackProps) {
    super(scope, id, { ...props, description: 'carrierpost: the pages behind the links in emails' });
    const pages = new CarrierFunction(this, 'Pages', {
      name: 'public-pages',
      failureMeans: 'Links in emails do not open: customers cannot get at their documents.',
      uses: [
        table('documents', ['getMany', 'query'], ['byCustomer']),
        table('directory', ['get', 'getMany', 'query']),
        table('preferences', ['get', 'getMany']),
        objects('portal', { sign: [''] }),
        linkKeys,
      ],
    });
    const api = addPageApi(this, { name: 'public-pages', ...this.config.pages });
    const integration = new HttpLambdaIntegration('Pages', pages.lambda);
    const feed = new HttpLambdaIntegration('Feed', this.addFeed().lambda);
    api.addRoutes({ path: '/calendar/{token}/works.ics', methods: [HttpMethod.GET, HttpMethod.HEAD], integration: feed });
    const selfService = new HttpLambdaIntegration('SelfService', this.addSelfService().lambda);
    for (const path of ['/u/{leave}', '/p/{settings}'])
      api.addRoutes({ path, methods: [HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST], integration: selfService });
    const review = new HttpLambdaIntegration('Review', this.addReview().lambda);
    api.addRoutes({ path: '/r/{review}', methods: [HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST], integration: review });
    api.addRoutes({ path: '/r/{review}/{part}', methods: [HttpMethod.GET, HttpMethod.HEAD], integration: review });
    api.addRoutes({ path: '/d/{token}', methods: [HttpMethod.GET, HttpMethod.HEAD], integration });
    api.addRoutes({ path: '/d/{token}/{document}', methods: [HttpMethod.GET, HttpMethod.HEAD, HttpMethod.POST], integration });
    api.addRoutes({ path: '/documents/{overview}', methods: [HttpMethod.GET, HttpMethod.HEAD], integration });
    api.addRoutes({ path: '/documents/{overview}/{document}', methods: [HttpMethod.GET, HttpMethod.HEAD], integration });
    this.addDocumentsApi(api);
    Validations.of(api).acknowledge({
      id: 'AwsSolutions-APIG4',
      reason: 'The token in the path is the authorization: the function verifies it on every request.',
    });
  }

  /** Documents for the carrier's own portal: the gateway checks the token's signature, issuer, audience, dates and scope. */
  private addDocumentsApi(api: HttpApi): void {
    const { issuer, audience } = this.config.documentsApi;
    const documents = new CarrierFunction(this, 'DocumentsApi', {
      name: 'documents-api',
      failureMeans: "The carrier's portal shows its customers no documents.",
      uses: [table('documents', ['getMany', 'query'], ['byCustomer']), table('directory', ['get']), objects('portal', { sign: [''] })],
    });
    const integration = new HttpLambdaIntegration('DocumentsApi', documents.lambda);
    const authorizer = new HttpJwtAuthorizer('Portal', issuer, { jwtAudience: [audience] });
    for (const path of ['/accounts/{ocn}/documents', '/accounts/{ocn}/documents/{document}']) {
      api.addRoutes({ path, methods: [HttpMethod.GET], integration, authorizer, authorizationScopes: [DOCUMENTS_SCOPE] });
    }
  }

  private addFeed(): CarrierFunction {
    return new CarrierFunction(this, 'Feed', {
      name: 'works-feed',
      failureMeans: 'Calendar feeds do not load: network people see works as they were when their program asked last.',
      uses: [
        table('works', ['getMany', 'query']),
        table('messages', ['get']),
        table('directory', ['get', 'getMany', 'query']),
        table('preferences', ['getMany']),
        linkKeys,
      ],
      environment: { MAIL_FROM_WORKS: this.config.mail.works },
    });
  }

  private addSelfService(): CarrierFunction {
    return new CarrierFunction(this, 'SelfService', {
      name: 'self-service',
      failureMeans: 'Contacts cannot change what they receive: who unsubscribes is still written to.',
      uses: [
        table('directory', ['get', 'getMany', 'query']),
        table('preferences', ['get', 'getMany', 'query', 'put', 'update']),
        table('audit', ['put']),
        table('messages', ['get', 'put']),
        sendsTo('planned-works.fifo', 'mail-other'),
        linkKeys,
      ],
    });
  }

  private addReview(): CarrierFunction {
    return new CarrierFunction(this, 'Review', {
      name: 'review-pages',
      failureMeans: 'Customers cannot check the drafts of their first invoices: nobody approves, and no first invoice is issued.',
      uses: [
        table('reviews', ['get', 'put', 'remove']),
        table('audit', ['put']),
        table('tasks', ['get', 'put', 'update']),
        table('directory', ['get', 'getMany', 'query']),
        table('preferences', ['get', 'getMany']),
        table('messages', ['get', 'put']),
        objects('intake', { read: [''] }),
        sendsTo('billing', 'mail-invoices'),
        linkKeys,
      ],
    });
  }
}
