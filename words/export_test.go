package words

// Distance is what OneSlip is compared with.
var Distance = distance
