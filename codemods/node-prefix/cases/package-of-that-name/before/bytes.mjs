import { Buffer } from 'buffer';
import { Buffer as Package } from 'buffer/';
import assert from 'assert';

assert.notEqual(Buffer, Package);
