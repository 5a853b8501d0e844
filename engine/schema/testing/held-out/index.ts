import type { LabelledPair } from '../labelled-pair.ts';
import { bigcommerceCustomer } from './bigcommerce-customer.ts';
import { klaviyoProfile } from './klaviyo-profile.ts';
import { netsuiteSalesOrder } from './netsuite-sales-order.ts';
import { odooPartner } from './odoo-partner.ts';
import { shopifyFulfillment } from './shopify-fulfillment.ts';
import { woocommerceProduct } from './woocommerce-product.ts';

/** Written before suggestions were made better, and never looked at while that was done. */
export const HELD_OUT: readonly LabelledPair[] = [bigcommerceCustomer, klaviyoProfile, netsuiteSalesOrder, odooPartner, shopifyFulfillment, woocommerceProduct];
