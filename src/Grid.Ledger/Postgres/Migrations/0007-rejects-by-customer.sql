-- An erasure looks for the rejects of one customer among up to 100,000.
CREATE INDEX rejects_by_customer ON rejects (customer) WHERE customer IS NOT NULL;
