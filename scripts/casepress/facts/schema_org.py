"""schema.org: the properties that it gives an Article, as which each case is shown to other programs, with those of CreativeWork and Thing.

Names that it has replaced (`awards`, `reviews`) are left out. A test holds the list against schema.org's own vocabulary.
"""

PROPERTIES = frozenset(
    """
    about abstract accessMode accessModeSufficient accessibilityAPI accessibilityControl accessibilityFeature accessibilityHazard
    accessibilitySummary accountablePerson acquireLicensePage additionalType aggregateRating alternateName alternativeHeadline archivedAt
    articleBody articleSection assesses associatedMedia audience audio author award backstory character citation comment commentCount
    conditionsOfAccess contentLocation contentRating contentReferenceTime contributor copyrightHolder copyrightNotice copyrightYear
    correction countryOfOrigin creativeWorkStatus creator creditText dateCreated dateModified datePublished description digitalSourceType
    disambiguatingDescription discussionUrl displayLocation editEIDR editor educationalAlignment educationalLevel educationalUse encoding
    encodingFormat exampleOfWork expires funder funding genre hasPart headline identifier image inLanguage interactionStatistic
    interactivityType interpretedAsClaim isAccessibleForFree isBasedOn isFamilyFriendly isPartOf keywords learningResourceType license
    locationCreated mainEntity mainEntityOfPage maintainer material materialExtent mentions name offers owner pageEnd pageStart pagination
    pattern position potentialAction producer provider publication publisher publisherImprint publishingPrinciples recordedAt
    releasedEvent review sameAs schemaVersion sdDatePublished sdLicense sdPublisher size sourceOrganization spatial spatialCoverage
    speakable sponsor subjectOf teaches temporal temporalCoverage text thumbnail thumbnailUrl timeRequired translationOfWork translator
    typicalAgeRange url usageInfo version video wordCount workExample workTranslation
    """.split()
)
