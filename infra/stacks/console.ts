import { Duration, Validations } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaAuthorizer, HttpLambdaResponseType } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { Construct } from 'constructs';
import { CarrierFunction } from '../constructs/carrier-function.ts';
import { addPageApi } from '../constructs/page-api.ts';
import { CarrierStack, type CarrierStackProps } from '../constructs/place.ts';
import { objects, sendsTo, table, type UseIn } from '../constructs/uses.ts';

/** A billing team is a few dozen people, some of them with pages that look again by themselves. */
const REQUESTS_PER_SECOND = 50;

const READS = [HttpMethod.GET, HttpMethod.HEAD];

const READ = ['get', 'getMany', 'query'] as const;

/** Everything that is shown to a person who asks why: it is read, an index leads to it, and nothing is written. */
const SHOWS: readonly UseIn[] = [
  table('billing', READ),
  table('directory', READ),
  table('documents', ['getMany', 'query'], ['byCustomer']),
  table('messages', READ, ['byAccount']),
  table('preferences', READ),
  table('reviews', READ),
  table('tasks', READ, ['byBcn', 'byKind', 'byState']),
  table('works', READ, ['byStart']),
  table('audit', [], ['byDay', 'byDoer', 'bySubject']),
  objects('intake', { read: [''] }),
];

/** A search is a form, because what is sought may be an address. */
const SEARCHES: readonly UseIn[] = [table('directory', READ, ['byMailbox']), table('documents', ['getMany', 'query'], ['byNumber'])];

/** What people decide about held emails, first invoices, held works and tasks; with what is searched it is all that a preview is made of. */
const DECIDES: readonly UseIn[] = [
  table('reviews', ['get', 'query', 'put', 'remove']),
  table('preferences', ['get', 'getMany']),
  table('tasks', ['get', 'put', 'update']),
  table('works', ['get', 'query', 'put', 'update']),
  objects('intake', { read: [''] }),
  sendsTo('works-customers.fifo', 'mail-emergency', 'mail-works', 'mail-invoices', 'mail-other'),
];

/** The billing team's console: under a name of its own, behind the carrier's sign-in. */
export class ConsoleStack extends CarrierStack {
  constructor(scope: Construct, id: string, props: CarrierStackProps) {
    super(scope, id, { ...props, description: "carrierpost: the billing team's console" });
    const { domain, certificateArn } = this.config.console;
    const api = addPageApi(this, { name: 'console', domain, certificateArn, requestsPerSecond: REQUESTS_PER_SECOND });
    const authorizer = this.addAuthorizer();
    const signIn = this.addSignIn();
    const integration = new HttpLambdaIntegration('Reads', this.addPages().lambda);
    for (const path of ['/', '/{page+}']) api.addRoutes({ path, methods: READS, integration, authorizer });
    const acts = new HttpLambdaIntegration('Acts', this.addActs().lambda);
    api.addRoutes({ path: '/{page+}', methods: [HttpMethod.POST], integration: acts, authorizer });
    const signing = new HttpLambdaIntegration('SignIn', signIn.lambda);
    api.addRoutes({ path: '/sign-out', methods: [HttpMethod.POST], integration: signing, authorizer });
    for (const path of ['/sign-in', '/signed-in']) {
      for (const route of api.addRoutes({ path, methods: READS, integration: signing })) {
        Validations.of(route).acknowledge({ id: 'AwsSolutions-APIG4', reason: 'Nobody is signed in before the sign-in.' });
      }
    }
  }

  /** Nothing it said is remembered: who signs out, or is idle for too long, is out at once. */
  private addAuthorizer(): HttpLambdaAuthorizer {
    const { lambda } = new CarrierFunction(this, 'Authorizer', {
      name: 'console-authorizer',
      failureMeans: 'Nobody of the billing team gets into the console; the command line works.',
      uses: [table('console', ['get', 'update'])],
      environment: { CONSOLE_ORIGIN: this.origin() },
    });
    return new HttpLambdaAuthorizer('Session', lambda, {
      // A browser that comes for the first time has no cookie, and is led to the sign-in.
      identitySource: [],
      responseTypes: [HttpLambdaResponseType.SIMPLE],
      resultsCacheTtl: Duration.seconds(0),
    });
  }

  private addSignIn(): CarrierFunction {
    const { issuer, clientId, groupsClaim, roles } = this.config.console;
    return new CarrierFunction(this, 'SignIn', {
      name: 'console-sign-in',
      failureMeans: 'Nobody of the billing team can sign in to the console; who is signed in already stays so.',
      uses: [table('console', ['put', 'remove'])],
      environment: {
        CONSOLE_ORIGIN: this.origin(),
        CONSOLE_ISSUER: issuer,
        CONSOLE_CLIENT_ID: clientId,
        CONSOLE_GROUPS_CLAIM: groupsClaim,
        CONSOLE_GROUP_VIEW: roles.view,
        CONSOLE_GROUP_ACT: roles.act,
      },
    });
  }

  /** GET and HEAD: it may read, and write nothing at all. */
  private addPages(): CarrierFunction {
    return new CarrierFunction(this, 'Reads', {
      name: 'console',
      failureMeans: 'The console shows the billing team nothing; the command line works.',
      uses: [...SHOWS, table('approvals', ['get', 'query'])],
    });
  }

  private addActs(): CarrierFunction {
    const { accounts, emails } = this.config.console.secondPerson;
    return new CarrierFunction(this, 'Acts', {
      name: 'console-acts',
      failureMeans: 'Nobody can act in the console: hold, release, run again; the command line works.',
      uses: [
        table('console', ['update']),
        table('approvals', ['get', 'put', 'update']),
        table('billing', ['get', 'getMany', 'query', 'put']),
        table('messages', ['get', 'put', 'update', 'remove']),
        table('audit', ['put']),
        sendsTo('billing'),
        ...SEARCHES,
        ...DECIDES,
      ],
      environment: { SECOND_PERSON_ACCOUNTS: String(accounts), SECOND_PERSON_EMAILS: String(emails) },
    });
  }

  private origin(): string {
    return `https://${this.config.console.domain}`;
  }
}
